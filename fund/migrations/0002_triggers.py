from django.db import migrations


def install(apps, schema_editor):
    from fund.triggers import install

    install(schema_editor.connection)


def remove(apps, schema_editor):
    from fund.triggers import remove

    remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("fund", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
