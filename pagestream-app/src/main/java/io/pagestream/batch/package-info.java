/** The images of a batch: which files belong to it, and what each image is called. */
@NullMarked
package io.pagestream.batch;

import org.jspecify.annotations.NullMarked;
