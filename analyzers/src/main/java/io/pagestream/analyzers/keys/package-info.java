/**
 * Cryptographic keys in memory. {@link io.pagestream.analyzers.keys.AesKeysAnalyzer} finds AES keys
 * by the key schedules that ciphers store next to them: a filter of three XORs per word rejects
 * nearly all of memory, and a decoder finds the key whose schedule is nearest to the remaining
 * bytes.
 */
@NullMarked
package io.pagestream.analyzers.keys;

import org.jspecify.annotations.NullMarked;
