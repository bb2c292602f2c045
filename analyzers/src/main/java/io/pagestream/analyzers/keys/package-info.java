/**
 * Cryptographic keys in memory. {@link io.pagestream.analyzers.keys.AesKeysAnalyzer} finds AES keys
 * by the key schedules that ciphers keep beside them: a filter of three XORs a word throws out
 * nearly all of memory, a decoder finds the key whose schedule lies nearest to what is left.
 */
@NullMarked
package io.pagestream.analyzers.keys;

import org.jspecify.annotations.NullMarked;
