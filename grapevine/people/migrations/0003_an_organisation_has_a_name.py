"""An organisation has a name. One that came in without gets one that is easy to find and to change."""

from django.db import migrations, models


def name_it(apps, _schema_editor):
    nameless = apps.get_model("people", "Organisation").objects.filter(name="").first()
    if nameless:
        nameless.name = f"Organisation {nameless.pk} without a name"
        nameless.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_no_consent_that_nothing_reads")]

    operations = [
        migrations.RunPython(name_it, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="organisation_has_a_name"
            ),
        ),
    ]
