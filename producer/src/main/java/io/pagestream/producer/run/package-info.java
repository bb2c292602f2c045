/** Cuts an image into runs: zero pages become bits, and neighboring bytes are added. */
@NullMarked
package io.pagestream.producer.run;

import org.jspecify.annotations.NullMarked;
