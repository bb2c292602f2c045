/**
 * The arithmetic of public-key cryptography that proves keys: elliptic curves, Ed25519, and the
 * fingerprints of public keys.
 */
@NullMarked
package io.pagestream.analyzers.publickey;

import org.jspecify.annotations.NullMarked;
