@NullMarked
package io.pagestream.schemas.doubt;

import org.jspecify.annotations.NullMarked;
