/** Tests of the schemas themselves: documented, compatible, faithful, unharmed by hostile bytes. */
@NullMarked
package io.pagestream.schemas.quality;

import org.jspecify.annotations.NullMarked;
