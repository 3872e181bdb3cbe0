// What is wrong with a mail before it is written. Entry: check_mail.
#pragma once

#include "runtime/delivery/mail.h"

namespace assent::delivery {

// All problems of `mail`, at most max_problems; none if write_mail can write it.
Problems check_mail(const Mail& mail);

}  // namespace assent::delivery
