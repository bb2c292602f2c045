/**
 * Each analyzer alone, over the pages of a real machine that are not zero. Run with JMH's own main
 * class, {@code org.openjdk.jmh.Main}, from the root of the project; bytes a second come out as
 * operations, one for each byte.
 */
@NullMarked
package io.pagestream.benchmarks.analyzers;

import org.jspecify.annotations.NullMarked;
