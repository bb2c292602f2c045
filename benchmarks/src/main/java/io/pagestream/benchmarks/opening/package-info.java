/** How long opening an image takes, how much memory it needs, and how fast its pages are read. */
@NullMarked
package io.pagestream.benchmarks.opening;

import org.jspecify.annotations.NullMarked;
