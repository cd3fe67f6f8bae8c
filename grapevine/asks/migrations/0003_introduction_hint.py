import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0002_introductions_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='introduction',
            name='hint',
            field=models.OneToOneField(help_text="what both may read before their yes: a vault with two seats, the asker's and whose turn it is", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vaults.sealedtext'),
        ),
    ]
