/**
 * Text in memory: characters around an anchor in any encoding, rules that recognize artifacts in
 * them, and the analyzer that applies rules to anchors.
 */
@NullMarked
package io.pagestream.analyzers.chars;

import org.jspecify.annotations.NullMarked;
