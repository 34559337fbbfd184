<?php
/**
 * Plugin Name: audioed player
 * Description: Shows the player of an episode on the page of the article that it reads: [audioed feed="https://example.com/podcast/my-show/feed.xml"]
 * Version: 1.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * Put this file into wp-content/plugins/ and activate it. Without `episode` the shortcode finds the episode whose link
 * is the page that it stands on; with it, [audioed feed="…" episode="2026-03-14-the-bridge-opens"] shows that one.
 */

defined( 'ABSPATH' ) || exit;

/** An address as two are compared: without scheme, www, final slash, fragment and what only tells where one came from. */
function audioed_plain( $address ) {
	$parts = wp_parse_url( trim( (string) $address ) );
	$parts = is_array( $parts ) ? $parts : array();
	parse_str( isset( $parts['query'] ) ? $parts['query'] : '', $asked ); // WordPress may name an article by ?p=4
	foreach ( array_keys( $asked ) as $name ) {
		if ( preg_match( '~^(utm_.*|fbclid|gclid|ref)$~', $name ) ) {
			unset( $asked[ $name ] );
		}
	}
	ksort( $asked );
	$host = preg_replace( '~^www\.~', '', strtolower( isset( $parts['host'] ) ? $parts['host'] : '' ) );
	$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
	$path = isset( $parts['path'] ) ? untrailingslashit( $parts['path'] ) : '';
	return $host . $port . $path . '?' . http_build_query( $asked );
}

/** The address and the title of the player for an article, from the feed; null where no episode reads it. */
function audioed_found( $feed, $article ) {
	include_once ABSPATH . WPINC . '/feed.php';
	$read = fetch_feed( $feed );
	if ( is_wp_error( $read ) ) {
		return null;
	}
	foreach ( $read->get_items() as $item ) {
		$sound = $item->get_enclosure();
		if ( $sound && audioed_plain( $item->get_link() ) === audioed_plain( $article ) ) {
			return array( dirname( $sound->get_link() ) . '/embed.html', wp_strip_all_tags( (string) $item->get_title() ) );
		}
	}
	return null;
}

/** The shortcode: an iframe, or nothing. */
function audioed_player( $given ) {
	$given = shortcode_atts( array( 'feed' => '', 'episode' => '' ), $given, 'audioed' );
	$feed  = esc_url_raw( $given['feed'], array( 'http', 'https' ) );
	if ( '' === $feed ) {
		return '';
	}
	$found = '' === $given['episode']
		? audioed_found( $feed, get_permalink() )
		: array( dirname( $feed ) . '/' . rawurlencode( $given['episode'] ) . '/embed.html', get_the_title() );
	if ( null === $found ) {
		return '';
	}
	return sprintf(
		'<iframe src="%s" title="%s" width="640" height="224" loading="lazy" allow="autoplay; clipboard-write; web-share" style="display:block;border:0;width:100%%"></iframe>',
		esc_url( $found[0], array( 'http', 'https' ) ),
		esc_attr( $found[1] )
	);
}

add_shortcode( 'audioed', 'audioed_player' );
