@NullMarked
package io.pagestream.cases.store;

import org.jspecify.annotations.NullMarked;
