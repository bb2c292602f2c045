/** SHA-256, and ids derived from it. */
@NullMarked
package io.pagestream.schemas.digest;

import org.jspecify.annotations.NullMarked;
