"""Technical incidents (sự cố kỹ thuật gây mất an toàn, vệ sinh lao động): their own record, duties and notices."""
