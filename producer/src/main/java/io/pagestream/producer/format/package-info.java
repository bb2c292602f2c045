/** What an image format implements, and what several formats share. */
@NullMarked
package io.pagestream.producer.format;

import org.jspecify.annotations.NullMarked;
