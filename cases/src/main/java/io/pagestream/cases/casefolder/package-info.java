/**
 * The case folder: {@code findings.jsonl}, {@code manifest.json}, {@code summary.txt}. Complete on
 * its own, private, written atomically, and the same for the same input apart from times.
 */
@NullMarked
package io.pagestream.cases.casefolder;

import org.jspecify.annotations.NullMarked;
