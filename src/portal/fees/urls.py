"""Routes of the fee pages."""

from portal.cases.pages import routes
from portal.fees.calculator import CALCULATOR

app_name = "fees"

urlpatterns = routes(CALCULATOR, "calculator")
