<?php
// The configuration of the WordPress under test. The database's socket, the address and the version of the
// themes come by environment, so that the same file serves every run; nothing here is secret.
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('SARAFAN_WORDPRESS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', getenv('SARAFAN_WORDPRESS_URL'));
define('WP_SITEURL', getenv('SARAFAN_WORDPRESS_URL'));

foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) {
    define($name, 'only for tests: ' . $name);
}

// Application passwords are refused over plain HTTP except on a site that calls itself local.
define('WP_ENVIRONMENT_TYPE', 'local');
// A test never depends on the outside: no look for updates, no letters to anybody.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', 'localhost,127.0.0.1');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
define('WP_DEBUG', false);

$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
