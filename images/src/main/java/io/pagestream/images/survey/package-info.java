/** What the pages of an image are: counts, and stretches of zeros. */
@NullMarked
package io.pagestream.images.survey;

import org.jspecify.annotations.NullMarked;
