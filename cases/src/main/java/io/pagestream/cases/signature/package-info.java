/**
 * Detached signatures over the manifest of a case, with keys and signatures in the formats of
 * {@code openssl}. The cryptography is that of the JDK.
 */
@NullMarked
package io.pagestream.cases.signature;

import org.jspecify.annotations.NullMarked;
