/** Memory images as the rest of Pagestream sees them; the public reading package. */
@NullMarked
package io.pagestream.producer.image;

import org.jspecify.annotations.NullMarked;
