<?php
// What the plugin in docs/hosting asks of WordPress, as its reference has it: given as JSON, the plugin as argument.
define( 'ABSPATH', sys_get_temp_dir() . '/' ); define( 'WPINC', 'none' );
[ $items, $article, $given ] = json_decode( stream_get_contents( STDIN ), true );
class Sound { function __construct( private $link ) {} function get_link() { return $this->link; } }
class Item {
    function __construct( private $told ) {}
    function get_enclosure() { return $this->told[1] ? new Sound( $this->told[1] ) : null; }
    function get_link() { return $this->told[0]; }
    function get_title() { return $this->told[2]; }
}
class Feed {
    function __construct( private $items ) {}
    function get_items() { return array_map( fn( $each ) => new Item( $each ), $this->items ); }
}
class Refused {}
function fetch_feed( $feed ) { global $items; return null === $items ? new Refused() : new Feed( $items ); }
function is_wp_error( $read ) { return $read instanceof Refused; }
function get_permalink() { global $article; return $article; }
function get_the_title() { return 'The article'; }
function untrailingslashit( $text ) { return rtrim( $text, '/\\' ); }
function wp_parse_url( $address ) { return parse_url( $address ); }
function wp_strip_all_tags( $text ) { return trim( strip_tags( $text ) ); }
function shortcode_atts( $known, $given ) { return array_merge( $known, array_intersect_key( $given, $known ) ); }
function esc_url_raw( $url, $schemes ) { return in_array( parse_url( $url, PHP_URL_SCHEME ), $schemes, true ) ? $url : ''; }
function esc_url( $url, $schemes ) { return htmlspecialchars( esc_url_raw( $url, $schemes ), ENT_QUOTES ); }
function esc_attr( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function add_shortcode( $name, $verb ) { global $shown; $shown = $verb; }
@mkdir( ABSPATH . WPINC ); touch( ABSPATH . WPINC . '/feed.php' );
require $argv[1];
echo $shown( $given );
