/** Findings read live from the topic, for the command {@code findings}. */
@NullMarked
package io.pagestream.cases.live;

import org.jspecify.annotations.NullMarked;
