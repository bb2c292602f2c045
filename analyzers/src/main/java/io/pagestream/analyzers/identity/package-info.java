/**
 * Public keys and the names that belong to them: {@link
 * io.pagestream.analyzers.identity.PublicKeysAnalyzer} finds X.509 certificates, SSH's public keys
 * and OpenPGP keys.
 */
@NullMarked
package io.pagestream.analyzers.identity;

import org.jspecify.annotations.NullMarked;
