<?php
// Fills an empty database with a fresh site that has one owner, and prints that owner's name and application
// password as one line of JSON. Run by the command line in the folder of the site.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('SARAFAN_WORDPRESS_URL'), PHP_URL_HOST);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';

require getcwd() . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// The welcome letter would wait for a mail program that is not there.
function wp_new_blog_notification($title, $url, $person, $password)
{
}

$site = wp_install('Sarafan test', 'owner', 'owner@example.org', true, '', wp_generate_password());
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules();
[$password] = WP_Application_Passwords::create_new_application_password($site['user_id'], ['name' => 'sarafan']);
echo json_encode(['user' => 'owner', 'password' => $password]), "\n";
