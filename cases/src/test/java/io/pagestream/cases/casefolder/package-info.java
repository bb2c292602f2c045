/** Tests of this package. */
@NullMarked
package io.pagestream.cases.casefolder;

import org.jspecify.annotations.NullMarked;
