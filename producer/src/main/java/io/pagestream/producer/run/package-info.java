/** Cuts an image into runs: zero pages become bits, neighbours travel along. */
@NullMarked
package io.pagestream.producer.run;

import org.jspecify.annotations.NullMarked;
