from django.db import migrations

from grapevine.kernel.search import FullText


class Migration(migrations.Migration):
    dependencies = [("skills", "0001_initial")]
    operations = [
        FullText("skills_evidence", ["words"]),
        FullText("skills_interest", ["words"]),
        FullText("skills_skill", ["name", "sentence", "also"]),
    ]
