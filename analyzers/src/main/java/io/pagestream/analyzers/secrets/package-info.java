/**
 * The {@code secrets} analyzer: connection strings with passwords, tokens, and keys of cloud
 * services, by the documented prefix and, where there is one, the checksum.
 */
@NullMarked
package io.pagestream.analyzers.secrets;

import org.jspecify.annotations.NullMarked;
