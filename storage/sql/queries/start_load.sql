-- A run begins.
INSERT INTO loads (load_id, flow, started_at, status, code_version, config_sha256)
VALUES ($load_id, $flow, $started_at, 'running', $code_version, $config_sha256);
