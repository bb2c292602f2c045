/**
 * Detached signatures over the manifest of a case, with keys and signatures as {@code openssl}
 * reads and writes them. The JDK does the cryptography.
 */
@NullMarked
package io.pagestream.cases.signature;

import org.jspecify.annotations.NullMarked;
