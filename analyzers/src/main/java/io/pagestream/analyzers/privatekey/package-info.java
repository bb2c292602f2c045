/**
 * Private keys of public-key cryptography: {@link
 * io.pagestream.analyzers.privatekey.PrivateKeysAnalyzer} finds them in DER, PEM and the formats of
 * OpenSSH and WireGuard, and proves them by the relations between their numbers.
 */
@NullMarked
package io.pagestream.analyzers.privatekey;

import org.jspecify.annotations.NullMarked;
