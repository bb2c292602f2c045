/** What an image format implements, and what several formats share. */
@NullMarked
package io.pagestream.images.format;

import org.jspecify.annotations.NullMarked;
