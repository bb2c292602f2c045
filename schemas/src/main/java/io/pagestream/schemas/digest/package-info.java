/** SHA-256, and ids that are made with it. */
@NullMarked
package io.pagestream.schemas.digest;

import org.jspecify.annotations.NullMarked;
