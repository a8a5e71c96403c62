"""Every establishment gets its enterprise, by the stem of its tax code."""

from django.db import migrations

STEM = "CASE WHEN length(e.tax_code) IN (10, 13) THEN left(e.tax_code, 10) ELSE e.tax_code END"
MAKE = f"""
INSERT INTO establishments_enterprise
  (public_id, tax_code, name, name_folded, headquarters_place_id, ownership_type, sector_ministry, version)
SELECT '01KAV0000000000M' || upper(lpad(to_hex(row_number() OVER (ORDER BY stem)), 10, '0')), stem, name, name_folded,
       headquarters_place_id, ownership_type, '', 1
FROM (
  SELECT DISTINCT ON (stem) * FROM (
    SELECT {STEM} AS stem, e.* FROM establishments_establishment e
    WHERE length(e.tax_code) IN (10, 12, 13) AND e.tax_code ~ '^[0-9]+$'
  ) x ORDER BY stem, length(tax_code), id
) first
"""
LINK = f"""
UPDATE establishments_establishment e SET enterprise_id = n.id FROM establishments_enterprise n
WHERE n.tax_code = {STEM}
"""


class Migration(migrations.Migration):
    dependencies = [("establishments", "0005_enterprises_merging_workforce_parts")]
    operations = [
        migrations.RunSQL(MAKE, migrations.RunSQL.noop),
        migrations.RunSQL(LINK, migrations.RunSQL.noop),
    ]
