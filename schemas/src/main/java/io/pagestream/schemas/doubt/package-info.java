/** Doubts: what about an image cannot be relied on. One list from the reader to the dashboard. */
@NullMarked
package io.pagestream.schemas.doubt;

import org.jspecify.annotations.NullMarked;
