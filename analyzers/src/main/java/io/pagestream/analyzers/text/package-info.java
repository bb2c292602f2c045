/**
 * The {@code text} analyzer: e-mail addresses, URLs, domains, IP addresses and payment cards, as
 * ASCII and as UTF-16LE at any byte.
 *
 * <pre>
 *   window ─► Vectorscan, one pass ─► anchors ─► one rule for each kind ─► findings
 *             "x@y", "://h", "d.d.d.d", …       reads on both sides of the anchor, bounded
 * </pre>
 *
 * <p>An anchor is a few bytes that every artifact of a kind contains once. A rule reads to both
 * sides of it with {@link io.pagestream.analyzers.text.CharView}, which hides the encoding, and
 * reports only valid artifacts; no string is created before.
 */
@NullMarked
package io.pagestream.analyzers.text;

import org.jspecify.annotations.NullMarked;
