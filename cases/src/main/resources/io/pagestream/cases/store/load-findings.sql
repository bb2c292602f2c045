-- The file is in the order of the case, and DuckDB preserves the order of inserted rows.
INSERT INTO finding_rows ({finding_names}, value_hash)
SELECT {finding_loaded}, hash(value)
FROM read_json({findings}, format = 'newline_delimited', columns = {{finding_json}});
