import django.db.models.deletion
from django.db import migrations, models


def from_lines(apps, schema_editor):
    """What was proposed before is known by the lines that came of it."""
    LetFind, Challenge = apps.get_model('challenges', 'LetFind'), apps.get_model('challenges', 'Challenge')
    lines = apps.get_model('skills', 'Evidence').objects.filter(origin_kind='challenge', kind__in=['helped', 'used'])
    for line in lines.iterator():
        challenge = Challenge.objects.filter(pk=int(line.origin_key)).first()
        if challenge:
            LetFind.objects.get_or_create(
                challenge=challenge, person_id=line.person_id, defaults={'at': line.agreed_at or challenge.at}
            )


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0002_full_text'),
        ('people', '0001_initial'),
        ('skills', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetFind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='let_find', to='challenges.challenge')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('challenge', 'person'), name='one_let_find')],
            },
        ),
        migrations.RunPython(from_lines, migrations.RunPython.noop),
    ]
