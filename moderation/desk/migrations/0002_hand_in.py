from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the publisher's signature; what waits from before has none and is handed in again."""

    dependencies = [("desk", "0001_queue")]

    operations = [
        migrations.AddField(
            model_name="submissionrow",
            name="hand_in_key",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="submissionrow",
            name="hand_in_signature",
            field=models.CharField(default="", max_length=128),
        ),
        migrations.AddField(
            model_name="submissionrow",
            name="hand_in_after",
            field=models.BigIntegerField(default=0),
        ),
    ]
