from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def two_days_from_now():
    """Introductions that had no end so far get one."""
    return timezone.now() + timedelta(days=2)


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='introduction',
            name='answer_by',
            field=models.DateTimeField(default=two_days_from_now, help_text='48 working hours after it was proposed, for both sides together'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='introduction',
            name='next_to',
            field=models.JSONField(default=list, help_text='ids of persons to go on to when nobody is introduced'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='introduction',
            name='went_on_at',
            field=models.DateTimeField(help_text='nobody was introduced in time: the next person was asked', null=True),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='message',
            field=models.OneToOneField(help_text="in the asker's own vault until both said yes", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vaults.sealedtext'),
        ),
        migrations.AddIndex(
            model_name='introduction',
            index=models.Index(condition=models.Q(('went_on_at__isnull', True)), fields=['answer_by'], name='introductions_that_wait'),
        ),
    ]
