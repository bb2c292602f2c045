/**
 * Binary data as text: base64 (RFC 4648) and the armor of PEM (RFC 7468) and OpenPGP (RFC 9580).
 */
@NullMarked
package io.pagestream.analyzers.armor;

import org.jspecify.annotations.NullMarked;
