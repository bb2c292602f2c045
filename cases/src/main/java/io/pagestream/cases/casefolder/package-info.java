/**
 * The case folder: {@code findings.jsonl}, {@code manifest.json}, {@code summary.txt}.
 * Self-contained, private, written atomically, and identical for the same input except for times.
 */
@NullMarked
package io.pagestream.cases.casefolder;

import org.jspecify.annotations.NullMarked;
