/**
 * Doubts: everything about an image that is unreliable, in one list from the reader to the
 * dashboard.
 */
@NullMarked
package io.pagestream.schemas.doubt;

import org.jspecify.annotations.NullMarked;
