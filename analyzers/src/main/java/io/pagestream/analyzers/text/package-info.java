/**
 * The {@code text} analyzer: e-mail addresses, URLs, domains, IP addresses and payment cards, in
 * ASCII, UTF-8 and UTF-16 of both byte orders at any byte.
 *
 * <pre>
 *   window ─► Vectorscan, one pass ─► anchors ─► one rule for each kind ─► findings
 *             "x@y", "://h", "d.d.d.d", …       reads on both sides of the anchor, bounded
 * </pre>
 *
 * <p>An anchor is a few bytes that every artifact of a kind contains once. A rule reads to both
 * sides of it with {@link io.pagestream.analyzers.chars.CharView}, which hides the encoding, and
 * reports only valid artifacts; no string is created before.
 */
@NullMarked
package io.pagestream.analyzers.text;

import org.jspecify.annotations.NullMarked;
