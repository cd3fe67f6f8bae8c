"""What was agreed to about a map changed nothing: ties have a consent of their own. It goes, with the choice."""

from django.db import migrations, models


def forget(apps, _schema_editor):
    apps.get_model("people", "Consent").objects.filter(about="map").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="consent",
            name="about",
            field=models.CharField(
                choices=[("found", "colleagues may find me by what I offered, shared or agreed to")], max_length=20
            ),
        ),
    ]
