from django.db import migrations

from grapevine.kernel.search import FullText


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_initial")]
    operations = [FullText("challenges_example", ["title", "body"])]
